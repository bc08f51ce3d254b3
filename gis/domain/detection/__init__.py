"""遥感排查: scenes, models, batches of runs, the candidates found, and what is learnt of them."""
