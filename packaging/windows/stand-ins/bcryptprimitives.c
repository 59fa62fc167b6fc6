/* For wine 8 alone, which lacks bcryptprimitives.dll; every Windows has it. Random bytes from the one that wine has. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    return RtlGenRandom(data, (ULONG)size);
}
