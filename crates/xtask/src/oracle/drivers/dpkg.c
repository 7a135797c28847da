/* Answers lines of two versions with a tab between by dpkg's own library: < = > or ! where one is refused. */
#define LIBDPKG_VOLATILE_API 1
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <dpkg/dpkg.h>
#include <dpkg/dpkg-db.h>
#include <dpkg/version.h>

int main(void) {
    static char line[4096];
    push_error_context();
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *tab = strchr(line, '\t');
        if (!tab) return 1;
        *tab = 0;
        struct dpkg_version left, right;
        struct dpkg_error error;
        /* A warning is a refusal too: dpkg takes no package with such a version. */
        if (parseversion(&left, line, &error) || parseversion(&right, tab + 1, &error)) {
            puts("!");
            continue;
        }
        int order = dpkg_version_compare(&left, &right);
        puts(order < 0 ? "<" : order > 0 ? ">" : "=");
    }
    return 0;
}
