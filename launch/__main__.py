import argparse
import os
import sys
from pathlib import Path

from launch.demo import OUT, demo
from launch.first_step import CHANNELS
from launch.guide_pictures import take
from launch.run import run

if __name__ == "__main__":
    os.umask(0o077)  # logs, keys and everybody's mail are for who started it alone
    parser = argparse.ArgumentParser(prog="python -m launch")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve until Ctrl-C")
    walked = commands.add_parser("demo", help="walk one company through all six steps")
    walked.add_argument("--channel", choices=sorted(CHANNELS), default="manual", help="how it applies in step 1")
    walked.add_argument("--out", type=Path, default=OUT, help="the folder for what it makes; it is emptied first")
    commands.add_parser("pictures", help="take the pictures of the guide anew")
    asked = parser.parse_args()
    match asked.command:
        case "run":
            sys.exit(run())
        case "pictures":
            sys.exit(take())
        case _:
            sys.exit(demo(asked.channel, asked.out.absolute()))
