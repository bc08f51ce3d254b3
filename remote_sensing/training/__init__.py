"""From labelled scenes to a model that was tried on ground it had not seen."""
