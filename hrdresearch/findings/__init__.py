"""Finding and Claim, numbers in UN style, and the small grammar of numbers in prose."""
