"""Listed sites (清单点位): their facts, history and lineage, and what belongs to them."""
