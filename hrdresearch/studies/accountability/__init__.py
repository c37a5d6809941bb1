"""Accountability: the class of each case over the editions of its list, and the page over several studies."""
