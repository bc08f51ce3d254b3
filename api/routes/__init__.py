"""Routes by noun: wire to domain, a verb or a query, domain to wire."""
