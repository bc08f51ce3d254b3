"""现场核实: what field teams say of places, and how the office passes it."""
