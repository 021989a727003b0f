@echo off
rem Shows the kiosk full screen with Chrome or Edge. ASCII only: cmd reads this file in the code page of the system.
rem   start.bat         once; Alt+F4 ends it
rem   start.bat /loop   again whenever the browser ends: for a screen that runs by itself
rem   start.bat [/loop] https://honour.example.cn/kiosk/
rem Each start has a fresh profile, which is deleted afterwards.
setlocal enableextensions disabledelayedexpansion
set "here=%~dp0"
set "loop="
set "address=%~1"
if /i "%~1"=="/loop" (
  set "loop=yes"
  set "address=%~2"
)

set "browser="
for %%P in (
  "%ProgramFiles%\Google\Chrome\Application\chrome.exe"
  "%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe"
  "%LocalAppData%\Google\Chrome\Application\chrome.exe"
  "%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe"
  "%ProgramFiles%\Microsoft\Edge\Application\msedge.exe"
) do if not defined browser if exist "%%~P" set "browser=%%~P"
if defined HONOUR_BROWSER set "browser=%HONOUR_BROWSER%"
if not defined browser (
  echo Chrome or Edge is needed.
  pause
  exit /b 1
)

:again
set "page=%address%"
if defined page goto found
set "id="
if exist "%here%current.txt" set /p id=<"%here%current.txt"
if defined id if exist "%here%versions\%id%\index.html" set "page=%here%versions\%id%\index.html"
if defined page goto found
if exist "%here%index.html" set "page=%here%index.html"
if defined page goto found
if exist "%here%kiosk\index.html" set "page=%here%kiosk\index.html"
if defined page goto found
echo There is no kiosk beside this file: %here%
if defined loop goto pause
pause
exit /b 1

:found
for /d %%D in ("%TEMP%\honour-kiosk-*") do rmdir /s /q "%%~D" 2>nul
set "profile=%TEMP%\honour-kiosk-%RANDOM%%RANDOM%"
mkdir "%profile%\Default" 2>nul
>"%profile%\Default\Preferences" echo {"translate": {"enabled": false}, "credentials_enable_service": false}
start "" /wait "%browser%" --kiosk "%page%" --edge-kiosk-type=fullscreen --kiosk-idle-timeout-minutes=0 --user-data-dir="%profile%" --no-first-run --no-default-browser-check --lang=zh-CN --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble --disable-infobars --disable-extensions --disable-sync --disable-background-networking --disable-component-update --check-for-update-interval=31536000 --disk-cache-size=104857600 --disable-features=Translate,MediaRouter,OverscrollHistoryNavigation,msEdgeSidebarV2 --overscroll-history-navigation=0 --disable-pinch
rmdir /s /q "%profile%" 2>nul
if not defined loop exit /b 0

:pause
ping -n 6 127.0.0.1 >nul
goto again
