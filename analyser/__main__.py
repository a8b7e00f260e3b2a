"""`python -m analyser` is the console command."""

from analyser.cli import main

main()
