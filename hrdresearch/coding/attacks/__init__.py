"""Kinds of online attack in a message: rules, a linear model, and news reports on attacks."""
