"""台账: the verbs through which every write goes.

Each verb loads, makes a pure change, writes it and its log entry, all in one transaction. A
module holds the verbs on one noun:

    places      add_district, add_layer, withdraw_layer
    reaches     build_reaches, adopt_list, rebuild (within an entry)
    measuring   remeasure
    imagery     add_scene
    detection   file_candidates
    office_verdicts  judge_in_office, undo_verdict, move_threshold
    ignore_zones     draw_zones, end_zone
    follow_up   file_observations, which calls AFTER_FILING
    checks      record_field_check
    reviews     review_check
    close_outs  propose, decide
    look_back   look_back, hear_all, record_visit, settle, look_back_at_candidate (within an entry)
    closing     close_projects, reopen_projects (within an entry)
    samples     freeze_samples
    auditing    check_log, hand_out
    sites       put_site (within an entry), correct_site
    grading     put_grade, put_grades (within an entry), regrade
    rules       adopt, check_row
    weights     compare, try_rules (which write nothing)
    projects    open_project, revise_project
    project_tasks   put_task, finish_task, drop_task
    stages      advance_project, reverse_project; enter, reverse (within an entry)
    works       put_project, put_step (within an entry)
    sampling    select_sites, plan_sampling, end_plan, record_custody
    pits        record_survey, put_survey (within an entry), withdraw_survey
    restoration set_unit, end_unit, record_value, accept_unit, record_care, set_mine
    people      add_user, set_password
    views       save_view, remove_view
    results     file_results, withdraw_results
    identification  propose, sign, review, put_conclusion (within an entry)
"""

from gis.ledger.book import Book, Entry

__all__ = ["Book", "Entry"]
