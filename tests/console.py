"""Run Python statements for a test, in a process of their own.

In: a JSON string a line on standard input. Out: a JSON object a line, with what the statements bound to `result`, or
with the `error` that they raised. Names live on from line to line; what is printed goes to standard error.
"""

import json
import sys


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr
    names: dict[str, object] = {}
    for line in sys.stdin:
        names["result"] = None
        try:
            exec(json.loads(line), names)
            answer = json.dumps({"result": names["result"]})
        except Exception as error:
            answer = json.dumps({"error": f"{type(error).__name__}: {error}"})
        print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main()
