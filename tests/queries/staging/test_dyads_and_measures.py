"""Pairs as configured, and the states of measures in order."""


def test_a_pair_is_alphabetical_however_it_is_written_and_one_however_often(run_model):
    rows = """
    dyad     lead  position  compare
    usa-mex  usa   1         usa
    MEX-USA  null  null      null
    FRA-DEU  null  x         null
    """
    assert run_model("staging.dyads", raw_dyads=rows) == [
        "DEU-FRA DEU FRA DEU 1000 DEU FRA",
        "MEX-USA MEX USA USA 1 USA",
    ]


def test_a_pair_can_be_asked_for_whole_and_in_each_direction(run_model):
    rows = """
    dyad     country_a  country_b  compare
    MEX-USA  MEX        USA        USA
    """
    assert run_model("staging.dyad_keys", staging_dyads=rows) == [
        "MEX-USA MEX-USA null null false",
        "MEX>USA MEX-USA MEX USA false",
        "USA>MEX MEX-USA USA MEX true",
    ]


def test_the_states_of_a_measure_are_numbered_in_the_order_of_the_file(run_model):
    rows = """
    measure_id  domain              imposing_country  target_country  state      state_date  rate_percent
    tariff      trade               USA               MEX             announced  2025-02-01  25
    cattle      health/agriculture  USA               MEX             in force   2025-05-11  null
    tariff      trade               USA               MEX             suspended  2025-02-03  null
    """
    columns = ("measure_id", "step", "dyad", "domain", "state", "state_day", "rate_percent")
    assert run_model("staging.measures", columns=columns, raw_measures=rows) == [
        "cattle 1 MEX-USA health-agriculture in force 2025-05-11 null",
        "tariff 1 MEX-USA trade announced 2025-02-01 25.0",
        "tariff 2 MEX-USA trade suspended 2025-02-03 null",
    ]


def test_a_domain_has_every_spelling_that_its_sources_use(run_model):
    found = run_model("staging.domain_names")
    assert {"health/agriculture health-agriculture", "health-agriculture health-agriculture"} <= set(found)


def test_the_constants_of_the_method_stand_in_one_row(run_model):
    rows = """
    name             value
    z                2
    few_below        2
    method_version   7
    """
    assert run_model("staging.method", columns=("z", "kappa", "few_below", "method_version"), raw_method=rows) == [
        "2.0 4.0 2.0 7"
    ]
