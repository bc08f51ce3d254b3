"""The register at rest: the private PostGIS server, its tables and one file of queries per noun."""
