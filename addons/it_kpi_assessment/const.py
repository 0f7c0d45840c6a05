"""Words and numbers of the regulation that several parts of the addon use."""

# Marks that are so many grades apart, or more, are shown as a wide gap.
WIDE_GAP = 2
