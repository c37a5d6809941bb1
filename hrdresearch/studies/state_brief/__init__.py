"""The brief on one State or region: whichever studies have a build, side by side."""
