/* Are two entries of the register the same school under two logins? A suggestion for a person, never a decision. */
#ifndef OKO_DOMAIN_UNIT_MATCH_H
#define OKO_DOMAIN_UNIT_MATCH_H

#include "domain/unit.h"

/*
 * Likeness of two units, 0…1, from their names alone: shared words against all words (Dice), legal forms such as «МБОУ»
 * left out, 0 when the numbers in the names differ, when a name is unknown (equal to the code), when the levels differ
 * or when both have a parent and not the same one. Symmetric; pure.
 */
double oko_unit_likeness(const oko_unit *a, const oko_unit *b);

#endif
