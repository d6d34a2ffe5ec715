"""What continuous integration reads: JUnit, SARIF, GitHub's step summary and annotations."""
