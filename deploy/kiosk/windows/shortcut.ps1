# 不用任务计划时：在“启动”文件夹里放一个快捷方式，登录后自动放展示屏。
# powershell -NoProfile -ExecutionPolicy Bypass -File shortcut.ps1 D:\kiosk\start.bat
param([string] $Start = 'D:\kiosk\start.bat')
$ErrorActionPreference = 'Stop'
$shell = New-Object -ComObject WScript.Shell
$shortcut = $shell.CreateShortcut((Join-Path $shell.SpecialFolders.Item('Startup') '荣誉专区展示屏.lnk'))
$shortcut.TargetPath = $Start
$shortcut.Arguments = '/loop'
$shortcut.WorkingDirectory = Split-Path -Parent $Start
$shortcut.WindowStyle = 7
$shortcut.Save()
