"""Names of persons and organizations: their spellings, and which spellings are of one name.

``spelling`` makes words comparable across scripts; ``variants`` lists the spellings of a name for
which the leak scan looks; ``name_comparison`` scores whether two names may be of one person
(linkage uses it); ``same_person`` is the rule by which rows of a list are one person;
``identifiers`` finds telephone numbers, addresses and the like; ``person_or_group`` tells persons
from groups. Sex and ethnicity are never inferred from a name.
"""
