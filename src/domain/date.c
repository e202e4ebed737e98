/* Dates and times as text. */
#include "domain/date.h"

#include <string.h>

/* Does text begin as the pattern says ('0': any digit)? */
static bool looks_like(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++) {
        if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern) {
            return false;
        }
    }
    return true;
}

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

static bool day_exists(const char *date)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const int year = two(date) * 100 + two(date + 2), month = two(date + 5), day = two(date + 8);
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (leap && month == 2);
}

bool oko_date_valid(const char *date)
{
    return looks_like(date, "0000-00-00") && date[10] == '\0' && day_exists(date);
}

bool oko_time_valid(const char *time)
{
    return looks_like(time, "0000-00-00T00:00:00Z") && time[20] == '\0' && day_exists(time) && two(time + 11) < 24 &&
           two(time + 14) < 60 && two(time + 17) < 61;
}
