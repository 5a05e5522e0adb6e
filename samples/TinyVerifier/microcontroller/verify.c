/*
 * verify ENROLLED1.pgm ENROLLED2.pgm CLAIMED.pgm: the program of ../App without .NET, from the C that 'siamese export --c' writes. It ends as that one does: 0 match, 1 no match, 2 unsure, 3 bad input.
 * Reading files stands in for a camera and printing for a lamp; only they need a C library.
 */
#include <stdio.h>
#include "tiny_glyph_encoder.h"

enum { SIDE = 28, MATCH = 0, NO_MATCH = 1, UNSURE = 2, BAD_INPUT = 3 };

/* All the memory there is: one picture, three templates, one scratch. */
static uint8_t pixels[TINY_GLYPH_ENCODER_INPUT_LENGTH];
static int8_t templates[3][TINY_GLYPH_ENCODER_TEMPLATE_LENGTH];
static uint8_t scratch[TINY_GLYPH_ENCODER_SCRATCH_LENGTH];

static int enrol(const char *path, int8_t *template_)
{
    int width = 0, height = 0, white = 0, i;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be opened.\n", path);
        return 0;
    }

    int header = fscanf(file, "P5 %d %d %d", &width, &height, &white);
    int space = fgetc(file);
    size_t read = fread(pixels, 1, sizeof pixels, file);
    fclose(file);
    if (header != 3 || space == EOF || width != SIDE || height != SIDE || white != 255 || read != sizeof pixels) {
        fprintf(stderr, "%s is not a PGM picture (P5) of 28 by 28 pixels of 8 bits.\n", path);
        return 0;
    }

    /* The network learned from ink, which is bright where paper is dark. */
    for (i = 0; i < SIDE * SIDE; i++)
        pixels[i] = (uint8_t)(255 - pixels[i]);
    tiny_glyph_encoder_embed(pixels, template_, scratch);
    return 1;
}

int main(int argc, char **argv)
{
    int i;
    if (argc != 4) {
        fprintf(stderr, "Usage: verify ENROLLED1.pgm ENROLLED2.pgm CLAIMED.pgm\n");
        return BAD_INPUT;
    }

    for (i = 0; i < 3; i++) {
        if (!enrol(argv[i + 1], templates[i]))
            return BAD_INPUT;
    }

    /* The enrolled picture that is closer decides. */
    int32_t first = tiny_glyph_encoder_score(templates[0], templates[2]), second = tiny_glyph_encoder_score(templates[1], templates[2]);
    tiny_glyph_encoder_verdict verdict = tiny_glyph_encoder_verify(templates[first <= second ? 0 : 1], templates[2]);
    const char *words = verdict == TINY_GLYPH_ENCODER_MATCH ? "match" : verdict == TINY_GLYPH_ENCODER_UNSURE ? "unsure" : "no match";
    printf("%s: score %ld\n", words, (long)(first <= second ? first : second));
    return verdict == TINY_GLYPH_ENCODER_MATCH ? MATCH : verdict == TINY_GLYPH_ENCODER_UNSURE ? UNSURE : NO_MATCH;
}
