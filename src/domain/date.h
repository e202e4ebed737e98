/* Dates and times as text: they compare as they read. */
#ifndef OKO_DOMAIN_DATE_H
#define OKO_DOMAIN_DATE_H

#include <stdbool.h>

/* yyyy-mm-dd, a day of the calendar. */
bool oko_date_valid(const char *date);
/* yyyy-mm-ddThh:mm:ssZ: UTC. */
bool oko_time_valid(const char *time);
enum { OKO_DATE_MOST_DAYS = 36525 };
/* The day so many days later (0…OKO_DATE_MOST_DAYS); false when `date` is no day, or the year 9999 is passed. ret_date
 * has room for 11 bytes. */
bool oko_date_add(const char *date, int days, char *ret_date);
/* The day before; false when `date` is no day, or the first of the year 0. */
bool oko_date_before(const char *date, char *ret_date);

#endif
