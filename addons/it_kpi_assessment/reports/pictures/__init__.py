"""What is drawn on prints: bars, a radar, codes."""
