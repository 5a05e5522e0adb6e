/* verify ENROLLED.pgm CLAIMED.pgm: the shared library from C. Ends as the program does: 0 match, 1 no match, 2 unsure, 3 bad input. */
#include <stdio.h>
#include <string.h>
#include "tinyverifier.h"

enum { SIDE = 28, BAD_INPUT = 3, LARGEST_TEMPLATE = 512 };

static int embed(const char *path, uint8_t *template_bytes)
{
    uint8_t pixels[SIDE * SIDE];
    int width = 0, height = 0, white = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be opened.\n", path);
        return -1;
    }

    int header = fscanf(file, "P5 %d %d %d", &width, &height, &white);
    int space = fgetc(file);
    size_t read = fread(pixels, 1, sizeof pixels, file);
    fclose(file);
    if (header != 3 || space == EOF || width != SIDE || height != SIDE || white != 255 || read != sizeof pixels) {
        fprintf(stderr, "%s is not a PGM picture (P5) of 28 by 28 pixels of 8 bits.\n", path);
        return -1;
    }

    return tinyverifier_embed(pixels, sizeof pixels, template_bytes, tinyverifier_template_length());
}

int main(int argc, char **argv)
{
    static const char *const words[] = { "no match", "match", "unsure" };
    static const int codes[] = { 1, 0, 2 };
    char model[TINYVERIFIER_MODEL_LENGTH];
    uint8_t enrolled[LARGEST_TEMPLATE], claimed[LARGEST_TEMPLATE];
    if (argc != 3) {
        fprintf(stderr, "Usage: verify ENROLLED.pgm CLAIMED.pgm\n");
        return BAD_INPUT;
    }

    if (tinyverifier_model(model, sizeof model) != 0 || tinyverifier_input_length() != SIDE * SIDE || tinyverifier_template_length() > LARGEST_TEMPLATE) {
        fprintf(stderr, "libtinyverifier %s takes other pictures than this program.\n", tinyverifier_version());
        return BAD_INPUT;
    }

    if (embed(argv[1], enrolled) != 0 || embed(argv[2], claimed) != 0)
        return BAD_INPUT;
    int verdict = tinyverifier_verify(enrolled, claimed);
    if (verdict < 0)
        return BAD_INPUT;
    printf("%s: distance %.4f (model %.8s)\n", words[verdict], tinyverifier_distance(enrolled, claimed), model);
    return codes[verdict];
}
