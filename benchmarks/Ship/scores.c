/* scores: compares each two of the drawings in drawings.bin by the verifier in C, and writes the scores to scores.bin, 32 bits each, little-endian. */
#include <stdio.h>
#include <stdlib.h>
#include "tiny.h"

#define MOST 256

static uint8_t pixels[TINY_INPUT_LENGTH], scratch[TINY_SCRATCH_LENGTH];
static int8_t templates[MOST][TINY_TEMPLATE_LENGTH];

int main(void)
{
    FILE *in = fopen("drawings.bin", "rb"), *out = fopen("scores.bin", "wb");
    int count = 0, left, right;
    if (!in || !out)
        return 1;
    for (; count < MOST && fread(pixels, TINY_INPUT_LENGTH, 1, in) == 1; count++)
        tiny_embed(pixels, templates[count], scratch);
    for (left = 0; left < count; left++) {
        for (right = 0; right < left; right++) {
            int32_t score = tiny_score(templates[left], templates[right]);
            if (fwrite(&score, 4, 1, out) != 1)
                return 1;
        }
    }

    return fclose(out) == 0 ? 0 : 1;
}

#ifdef CORTEX_M4
/* The board starts at what the first words of its memory say; files come from outside by semihosting. */
extern void _start(void);
__attribute__((section(".vectors"), used)) static void (*const vectors[])(void) = { (void (*)(void))0x20400000, _start };
#endif
