"""A round of appeal: which denial, at which level, with which letter, facts and studies."""
