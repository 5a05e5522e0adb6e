/* A verifier of handwritten characters, its weights inside. Every function may be called from several threads; none allocates. */
#ifndef TINYVERIFIER_H
#define TINYVERIFIER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What tinyverifier_verify answers; functions that can fail answer TINYVERIFIER_BAD_ARGUMENT for a null pointer or a wrong length. */
enum {
    TINYVERIFIER_NO_MATCH = 0,
    TINYVERIFIER_MATCH = 1,
    TINYVERIFIER_UNSURE = 2,
    TINYVERIFIER_BAD_ARGUMENT = -1
};

/* The version of these functions, such as "1.0.0". It stays valid as long as the library is loaded. */
const char *tinyverifier_version(void);

/* Characters of a model's fingerprint, and the 0 at its end. */
#define TINYVERIFIER_MODEL_LENGTH 65

/* Writes what templates are bound to: SHA-256 of the network and its weights. Store it beside templates, and refuse those of another model: compared, they mean nothing. 0 when it worked. */
int tinyverifier_model(char *text, size_t length);

/* Pixels of a picture: 28 rows of 28. */
size_t tinyverifier_input_length(void);

/* Bytes of a template. */
size_t tinyverifier_template_length(void);

/* Makes a template of a picture: 8-bit grey pixels row by row, dark ink on white paper, centred. 0 when it worked. */
int tinyverifier_embed(const uint8_t *pixels, size_t pixels_length, uint8_t *template_bytes, size_t template_length);

/* Whether two templates are of one character, at the threshold that is compiled in. */
int tinyverifier_verify(const uint8_t *enrolled, const uint8_t *claimed);

/* The distance of two templates: 0 to 2; not a number for a null pointer. */
float tinyverifier_distance(const uint8_t *left, const uint8_t *right);

#ifdef __cplusplus
}
#endif

#endif
