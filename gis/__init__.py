"""The register: nouns, rules, measures, store, and the ledger's verbs."""
