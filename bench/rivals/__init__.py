"""What somebody would use otherwise, one a file; ``all.py`` lists them."""
