/* Dates and times as text: they compare as they read. */
#ifndef OKO_DOMAIN_DATE_H
#define OKO_DOMAIN_DATE_H

#include <stdbool.h>

/* yyyy-mm-dd, a day of the calendar. */
bool oko_date_valid(const char *date);
/* yyyy-mm-ddThh:mm:ssZ: UTC. */
bool oko_time_valid(const char *time);

#endif
