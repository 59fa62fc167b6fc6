/* For wine alone, which lacks icuuc.dll; every Windows 10 that the app runs on has it. Qt asks it for converters of old
 * encodings, which the app never uses: here each of them fails, or does not exist. */
#define ICU(type) __declspec(dllexport) type
#define FILE_ACCESS_ERROR 4

typedef unsigned short wide;
typedef int error_code;

ICU(void *) ucnv_open(const char *name, error_code *error) { *error = FILE_ACCESS_ERROR; return 0; }
ICU(void) ucnv_close(void *converter) {}
ICU(void) ucnv_reset(void *converter) {}
ICU(const char *) ucnv_getName(const void *converter, error_code *error) { *error = FILE_ACCESS_ERROR; return ""; }
ICU(signed char) ucnv_getMaxCharSize(const void *converter) { return 1; }
ICU(int) ucnv_countAvailable(void) { return 0; }
ICU(const char *) ucnv_getAvailableName(int number) { return 0; }
ICU(const char *) ucnv_getStandardName(const char *name, const char *standard, error_code *error)
{
    *error = FILE_ACCESS_ERROR;
    return 0;
}

ICU(void) UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
ICU(void) UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
ICU(void) ucnv_getFromUCallBack(const void *converter, void *action, const void **context) {}
ICU(void) ucnv_getToUCallBack(const void *converter, void *action, const void **context) {}
ICU(void) ucnv_setFromUCallBack(void *converter, void *action, const void *context, void *old_action, const void **old,
                                error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(void) ucnv_setToUCallBack(void *converter, void *action, const void *context, void *old_action, const void **old,
                              error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(void) ucnv_cbFromUWriteUChars(void *arguments, const wide **source, const wide *end, int offset, error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(void) ucnv_cbToUWriteUChars(void *arguments, const wide *source, int length, int offset, error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(void) ucnv_fromUnicode(void *converter, char **target, const char *target_end, const wide **source,
                           const wide *source_end, int *offsets, signed char is_last, error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(void) ucnv_toUnicode(void *converter, wide **target, const wide *target_end, const char **source,
                         const char *source_end, int *offsets, signed char is_last, error_code *error)
{
    *error = FILE_ACCESS_ERROR;
}
ICU(int) ucnv_fromUCountPending(const void *converter, error_code *error) { return 0; }
ICU(int) ucnv_toUCountPending(const void *converter, error_code *error) { return 0; }
