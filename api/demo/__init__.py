"""The demonstration district: real imagery and made-up records, from nothing to the map."""
