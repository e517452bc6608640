"""Write codings for other programs, and read theirs: REFI-QDA, Label Studio and W3C Web Annotations."""
