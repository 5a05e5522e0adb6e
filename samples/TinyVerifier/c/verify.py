"""verify.py LIBRARY ENROLLED.pgm CLAIMED.pgm: the shared library from Python, with nothing but the standard library."""

import ctypes
import re
import sys

# Of each verdict its words, and what the program ends with.
VERDICTS = {0: ("no match", 1), 1: ("match", 0), 2: ("unsure", 2)}
BAD_INPUT = 3


def load(path):
    library = ctypes.CDLL(path)
    library.tinyverifier_version.restype = ctypes.c_char_p
    library.tinyverifier_input_length.restype = ctypes.c_size_t
    library.tinyverifier_template_length.restype = ctypes.c_size_t
    library.tinyverifier_embed.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    library.tinyverifier_verify.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    library.tinyverifier_distance.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    library.tinyverifier_distance.restype = ctypes.c_float
    return library


def embed(library, path):
    with open(path, "rb") as file:
        # The header is four words, and one white space before the pixels.
        header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s", content := file.read())
    if header is None or [int(number) for number in header.groups()] != [28, 28, 255]:
        raise ValueError(f"{path} is not a PGM picture (P5) of 28 by 28 pixels of 8 bits.")
    pixels = content[header.end():]
    template = ctypes.create_string_buffer(library.tinyverifier_template_length())
    if library.tinyverifier_embed(pixels, len(pixels), template, len(template)) != 0:
        raise ValueError(f"{path} has {len(pixels)} pixels, not {library.tinyverifier_input_length()}.")
    return template.raw


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return BAD_INPUT
    try:
        library = load(arguments[0])
        enrolled, claimed = (embed(library, path) for path in arguments[1:])
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    words, code = VERDICTS[library.tinyverifier_verify(enrolled, claimed)]
    print(f"{words}: distance {library.tinyverifier_distance(enrolled, claimed):.4f}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
