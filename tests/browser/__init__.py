"""What a person sees: the notebooks, the widgets and the exported pages in a real browser."""
