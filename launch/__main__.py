import sys

from launch.demo import demo
from launch.run import run

COMMANDS = {"run": run, "demo": demo}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("usage: python -m launch run|demo")
    sys.exit(COMMANDS[sys.argv[1]]())
