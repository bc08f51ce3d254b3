"""回填: which waste may go into which pit, the plan of it, and the book of loads."""
