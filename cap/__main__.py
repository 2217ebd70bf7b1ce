"""`python -m cap`: the same as the command `cap`, where that is not on the path."""

from cap.main import main

if __name__ == "__main__":
    main()
