from bench._mutants import killed


def test_the_tests_of_the_checker_notice_its_mutants() -> None:
    total, alive = killed()
    assert total > 100
    assert len(alive) <= 0.05 * total, alive
