/* Dates and times as text. */
#include "domain/date.h"

#include <stdio.h>
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

static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (leap && month == 2);
}

static bool day_exists(const char *date)
{
    const int year = two(date) * 100 + two(date + 2), month = two(date + 5), day = two(date + 8);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
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

static void put_date(char *ret_date, int year, int month, int day)
{
    char text[48];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    memcpy(ret_date, text, 11);
}

bool oko_date_before(const char *date, char *ret_date)
{
    if (date == NULL || !oko_date_valid(date)) {
        return false;
    }
    int year = two(date) * 100 + two(date + 2), month = two(date + 5), day = two(date + 8) - 1;
    if (day == 0) {
        year -= month == 1;
        month = month == 1 ? 12 : month - 1;
        if (year < 0) {
            return false;
        }
        day = days_of(year, month);
    }
    put_date(ret_date, year, month, day);
    return true;
}

bool oko_date_add(const char *date, int days, char *ret_date)
{
    if (date == NULL || !oko_date_valid(date) || days < 0 || days > OKO_DATE_MOST_DAYS) {
        return false;
    }
    int year = two(date) * 100 + two(date + 2), month = two(date + 5), day = two(date + 8) + days;
    while (day > days_of(year, month)) {
        day -= days_of(year, month);
        year += month == 12;
        month = month == 12 ? 1 : month + 1;
    }
    if (year > 9999) {
        return false;
    }
    put_date(ret_date, year, month, day);
    return true;
}
