; The setup for all users of a Windows PC. `packaging/shipping/windows.py` calls makensis with VERSION, NUMBERS, BUNDLE,
; ICON, OUT, SIZE_KIB, PUBLISHER, REMARK, and TARGET where the programs of the setup itself are to be 64-bit too.
;
;   setup.exe [/S] [/D=C:\a folder]                              /D comes last and takes no quotes
;   uninstall.exe [/S] [/FORCE=1] [_?=C:\the folder]             with _?= it waits until it is done and returns its code
;
; 0 done, 1 cancelled, 2 failed, 3 photos on this PC have not been sent, 4 the app is open, 5 another kind of
; installation or a newer version is here, 6 it cannot be seen whether photos wait.

!ifdef TARGET
    Target ${TARGET}
!endif
Unicode true
SetCompressor /SOLID ${COMPRESSOR}
ManifestDPIAware true
RequestExecutionLevel admin
AllowSkipFiles off
CRCCheck force

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "LogicLib.nsh"
!include "x64.nsh"

!define PRODUCT "Cerbo Desktop"
!define PROGRAM "cerbo-desktop.exe"
!define CONSOLE "cerbo-desktop-console.exe"
!define GUARD "cerbo-desktop-guard.exe"
!define OWN_KEY "Software\${PRODUCT}"
!define LISTED_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define MENU_ENTRY "$SMPROGRAMS\${PRODUCT}.lnk"
!define FAILED 2
!define PHOTOS_WAIT 3
!define IS_OPEN 4
!define OTHER_IS_HERE 5
!define CANNOT_TELL 6
!define CLOSE_IT_FIRST "${PRODUCT} is open on this PC, perhaps for another user who is signed in.$\r$\n$\r$\nPhotos that wait are safe. Close it for every user, then try again."

Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${PRODUCT}"
BrandingText "${PRODUCT} ${VERSION}${REMARK}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${PRODUCT} Setup${REMARK}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}. MIT licence."

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; ---- Before anything is changed

!macro RefuseWith code text
    MessageBox MB_OK|MB_ICONEXCLAMATION "${text}" /SD IDOK
    SetErrorLevel ${code}
    Quit
!macroend

; Windows lets nobody write to a program that runs.
!macro GoWhereOpen file label
    ${If} ${FileExists} "${file}"
        ClearErrors
        FileOpen $0 "${file}" a
        IfErrors ${label}
        FileClose $0
    ${EndIf}
!macroend

Function .onInit
    ${IfNot} ${RunningX64}
        !insertmacro RefuseWith ${FAILED} "${PRODUCT} needs a 64-bit Windows."
    ${EndIf}
    SetRegView 64
    SetShellVarContext all
    ReadRegStr $0 HKLM "${OWN_KEY}" "InstalledBy"
    ${If} $0 == "msi"
        !insertmacro RefuseWith ${OTHER_IS_HERE} "${PRODUCT} is already here as a package of your organisation. That package updates it; to use this setup, take the package off first."
    ${EndIf}
    ReadRegStr $0 HKLM "${LISTED_KEY}" "Numbers"
    ${If} $0 != ""
        ${VersionCompare} $0 "${NUMBERS}" $1
        ${If} $1 == 1
            !insertmacro RefuseWith ${OTHER_IS_HERE} "A newer version of ${PRODUCT} is already here. Nothing was changed."
        ${EndIf}
    ${EndIf}
    ; An upgrade goes where the app is, whatever /D= says: a PC never has two of it.
    ReadRegStr $0 HKLM "${OWN_KEY}" "InstallDir"
    ${If} $0 != ""
        StrCpy $INSTDIR $0
    ${EndIf}
FunctionEnd

Function RefuseWhileOpen
    again:
    !insertmacro GoWhereOpen "$INSTDIR\${PROGRAM}" open
    !insertmacro GoWhereOpen "$INSTDIR\${CONSOLE}" open
    Return
    open:
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${CLOSE_IT_FIRST}" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${IS_OPEN}
    Quit
FunctionEnd

; ---- Install and upgrade

Section
    Call RefuseWhileOpen
    SetRegView 64
    SetShellVarContext all
    ; All new files are on the disk before the first old one goes: a full disk leaves the old version as it was.
    RMDir /r "$INSTDIR\new"
    SetOutPath "$INSTDIR\new"
    ClearErrors
    File /r "${BUNDLE}/*.*"
    ${If} ${Errors}
        SetOutPath "$INSTDIR"
        RMDir /r "$INSTDIR\new"
        !insertmacro RefuseWith ${FAILED} "The new files could not be written. What was here before is unchanged."
    ${EndIf}
    SetOutPath "$INSTDIR"
    ; The program itself first: whoever started it meanwhile keeps the old version whole.
    Delete "$INSTDIR\${PROGRAM}"
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        RMDir /r "$INSTDIR\new"
        !insertmacro RefuseWith ${IS_OPEN} "${CLOSE_IT_FIRST}"
    ${EndIf}
    Delete "$INSTDIR\${CONSOLE}"
    Delete "$INSTDIR\${GUARD}"
    RMDir /r "$INSTDIR\_internal"
    ClearErrors
    Rename "$INSTDIR\new\_internal" "$INSTDIR\_internal"
    Rename "$INSTDIR\new\${CONSOLE}" "$INSTDIR\${CONSOLE}"
    Rename "$INSTDIR\new\${GUARD}" "$INSTDIR\${GUARD}"
    Rename "$INSTDIR\new\${PROGRAM}" "$INSTDIR\${PROGRAM}"
    RMDir "$INSTDIR\new"
    ${If} ${Errors}
        !insertmacro RefuseWith ${FAILED} "Files of the old version could not be replaced. Restart this PC and run the setup again. Photos that wait are safe."
    ${EndIf}
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "${MENU_ENTRY}" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "Patient photos for clinics on the Cerbo EHR"
    WriteRegStr HKLM "${OWN_KEY}" "InstallDir" "$INSTDIR"
    WriteRegStr HKLM "${OWN_KEY}" "InstalledBy" "setup"
    WriteRegStr HKLM "${LISTED_KEY}" "DisplayName" "${PRODUCT}"
    WriteRegStr HKLM "${LISTED_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKLM "${LISTED_KEY}" "Numbers" "${NUMBERS}"
    WriteRegStr HKLM "${LISTED_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
    WriteRegStr HKLM "${LISTED_KEY}" "Publisher" "${PUBLISHER}"
    WriteRegStr HKLM "${LISTED_KEY}" "Comments" "Patient photos for clinics on the Cerbo EHR${REMARK}"
    WriteRegStr HKLM "${LISTED_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKLM "${LISTED_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKLM "${LISTED_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
    WriteRegDWORD HKLM "${LISTED_KEY}" "EstimatedSize" ${SIZE_KIB}
    WriteRegDWORD HKLM "${LISTED_KEY}" "NoModify" 1
    WriteRegDWORD HKLM "${LISTED_KEY}" "NoRepair" 1
SectionEnd

; ---- Remove

; The copy in the folder for temporary files; it goes at the next restart.
Function un.SweepUp
    ${For} $0 1 100
        Delete "$INSTDIR\uninstall.exe"
        ${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"
            ${Break}
        ${EndIf}
        Sleep 100
    ${Next}
    RMDir "$INSTDIR"
    Delete /REBOOTOK "$EXEPATH"
    SetErrorLevel 0
FunctionEnd

Function un.onInit
    SetRegView 64
    SetShellVarContext all
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/LAST" $R1
    ${IfNot} ${Errors}
        Call un.SweepUp
        Quit
    ${EndIf}
    ClearErrors
    ${GetOptions} $R0 "/FORCE=" $R1
    StrCpy $R1 $R1 1
    StrCpy $R2 ""
    ${If} $R1 == "1"
        StrCpy $R2 "--even-unsent"
    ${EndIf}
    again:
    nsExec::ExecToStack '"$INSTDIR\${GUARD}" $R2'
    Pop $0
    Pop $1
    ${If} $0 == 0
        Return
    ${EndIf}
    ${If} $0 == ${IS_OPEN}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${CLOSE_IT_FIRST}" /SD IDCANCEL IDRETRY again
        SetErrorLevel $0
        Quit
    ${EndIf}
    ; A guard that cannot run must not keep a damaged app here for ever: then /FORCE=1 removes it all the same.
    ${If} $R1 == "1"
        Return
    ${EndIf}
    ${If} $0 == "error"
        StrCpy $0 ${CANNOT_TELL}
        StrCpy $1 "It could not be seen whether photos wait on this PC: files of ${PRODUCT} are damaged. Run the setup again first."
    ${EndIf}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$1$\r$\n$\r$\n${PRODUCT} was not removed." /SD IDOK
    SetErrorLevel $0
    Quit
FunctionEnd

Section "Uninstall"
    ; Only what the setup put there: what users keep lies in their own folders, and strangers' files stay.
    ; The program itself first: whoever started it meanwhile keeps all of it.
    Delete "$INSTDIR\${PROGRAM}"
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        !insertmacro RefuseWith ${IS_OPEN} "${CLOSE_IT_FIRST}"
    ${EndIf}
    Delete "$INSTDIR\${CONSOLE}"
    Delete "$INSTDIR\${GUARD}"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\new"
    Delete "${MENU_ENTRY}"
    Delete "$INSTDIR\uninstall.exe"
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        ; With _?= this program itself runs from there, and no program can delete itself: a copy does so once it has ended.
        GetTempFileName $0
        CopyFiles /SILENT "$INSTDIR\uninstall.exe" "$0"
        Exec '"$0" /S /LAST _?=$INSTDIR'
    ${EndIf}
    SetOutPath $TEMP
    RMDir "$INSTDIR"
    DeleteRegKey HKLM "${LISTED_KEY}"
    DeleteRegKey HKLM "${OWN_KEY}"
    SetRebootFlag false
    SetErrorLevel 0
SectionEnd
