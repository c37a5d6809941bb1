"""Names of persons and organizations: how they are spelled, and which are one name.

``spelling`` makes words comparable across scripts; ``variants`` lists how a name may stand in a
text (the leak scan looks for these); ``compare`` scores whether two names may be of one person
(linkage uses it); ``same_person`` is the rule by which rows of a list are one person; ``kinds``
tells persons from groups. Sex and ethnicity are never told from a name.
"""
