"""Attacks of every kind: who suffers what, what came before what, how arrests ended, and what followed.

Paragraphs 7 (b) and (e), 31, 36, 48, 50, 51, 58, 74 and 91 (b) of A/75/165. The unit is the attack: one
incident on one victim. Counts are what a list documented; nothing here speaks of trends or of the risk of a
person, and candidate cases for indicator 16.10.1 are never its value.
"""

from __future__ import annotations

from hrdresearch.studies.attacks import (
    candidate_records,
    endings,
    indicator,
    kinds_by_group,
    time_and_place,
    who_and_what,
)
from hrdresearch.studies.attacks.before import sequence_finding, warnings_finding
from hrdresearch.studies.attacks.extent import extent_finding
from hrdresearch.studies.attacks.shutdowns import shutdowns_finding
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.vocab.regions import RegionScheme


class Attacks(Ledger):
    """The study of attacks over one list of table ``attacks``; shutdowns of the Internet stand beside it."""

    name = "attacks"
    subject = "attacks of every kind"
    table = "attacks"
    unit = "attacks, of one incident on one victim each"
    value_heading = "Attacks"
    noun_of_years = "attacks"
    coded_parameters = (("attack_act", "attack_act_codes"),)
    regions: RegionScheme

    def scope_words(self) -> dict[str, str]:
        """Period, scope, list, State and region of the report, in words for the prose."""
        return super().scope_words() | self.state_and_region_words()

    extent = extent_finding
    by_kind = who_and_what.by_kind_finding
    crosswalk = who_and_what.crosswalk_finding
    by_space = who_and_what.by_space_finding
    by_sex = who_and_what.by_sex_finding
    by_age_group = who_and_what.by_age_group_finding
    by_identity = who_and_what.by_identity_finding
    by_cause = who_and_what.by_cause_finding
    by_perpetrator = who_and_what.by_perpetrator_finding
    by_work_link = who_and_what.by_work_link_finding
    kind_by_victim = kinds_by_group.kind_by_victim_finding
    kind_by_sex = kinds_by_group.kind_by_sex_finding
    kind_by_identity = kinds_by_group.kind_by_identity_finding
    kind_by_cause = kinds_by_group.kind_by_cause_finding
    kind_by_perpetrator = kinds_by_group.kind_by_perpetrator_finding
    custody = endings.custody_finding
    charges = endings.charges_finding
    orders = endings.orders_finding
    seized = endings.seized_finding
    accountability = who_and_what.accountability_finding
    by_year = time_and_place.by_year_finding
    by_state = time_and_place.by_state_finding
    by_division = time_and_place.by_division_finding
    before = sequence_finding
    warnings = warnings_finding
    shutdowns = shutdowns_finding
    candidates = indicator.candidates_finding
    refinement = indicator.refinement_finding
    candidates_by = candidate_records.candidates_by_finding
    records = candidate_records.records_finding
    quality = quality_finding
    by_period = time_and_place.by_period_finding


STUDY = Attacks
