# 把发布的展示屏整个拉到本机：逐个核对，无误才换。Windows 自带的 PowerShell 5.1 就能运行。
# Mirrors a published kiosk: every file is verified, and only a whole version is ever shown.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File pull.ps1 https://honour.example.cn/kiosk/ D:\kiosk
#   powershell -NoProfile -ExecutionPolicy Bypass -File pull.ps1 \\web01\honour\kiosk D:\kiosk -Keep 1
#
# 放的版本写在 D:\kiosk\current.txt；双击 D:\kiosk\start.bat 就放它。退出码：0 完成，1 没有换，2 命令写错。
# The same as `honour kiosk pull`, for machines without Python.

param(
    [string] $Source = '',
    [string] $Dest = '',
    [int] $Keep = 2
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# 再试也没有用的 / what another attempt wouldn't change
$Final = $false
function Stop-Pull([string] $Text) {
    $script:Final = $true
    throw $Text
}

# --- 来源 / the source ---

function Open-Source([string] $Path) {
    if (-not $script:Web) {
        $place = Join-Path $script:From ($Path.Replace('/', '\'))
        if (-not [IO.File]::Exists($place)) { Stop-Pull "来源里没有 / missing: $Path" }
        $step = $script:From
        foreach ($name in $Path.Split('/')) {
            $step = Join-Path $step $name
            $kind = [IO.File]::GetAttributes($step)
            if (($kind -band [IO.FileAttributes]::ReparsePoint) -ne 0) { Stop-Pull "是链接 / is a link: $Path" }
        }
        return [IO.File]::OpenRead($place)
    }
    $request = [Net.HttpWebRequest] [Net.WebRequest]::Create("$($script:From)/$Path")
    $request.Proxy = $null
    $request.Timeout = 30000
    $request.ReadWriteTimeout = 30000
    $request.KeepAlive = $true
    $request.UserAgent = 'honour-kiosk'
    $request.Headers.Add('Cache-Control', 'no-cache')
    $response = $request.GetResponse()
    return $response.GetResponseStream()
}

# 拷到一个文件，落盘，返回大小和 SHA-256 / copies to a file, on the disk; its size and SHA-256
function Save-File([string] $Path, [string] $Place, [long] $Most) {
    $hash = [Security.Cryptography.SHA256]::Create()
    $buffer = New-Object byte[] 262144
    [long] $size = 0
    $in = Open-Source $Path
    try {
        $out = [IO.File]::Create($Place)
        try {
            while (($count = $in.Read($buffer, 0, $buffer.Length)) -gt 0) {
                $size += $count
                if ($size -gt $Most) { Stop-Pull "比清单写的大 / larger than the manifest says: $Path" }
                [void] $hash.TransformBlock($buffer, 0, $count, $buffer, 0)
                $out.Write($buffer, 0, $count)
            }
            $out.Flush($true)
        }
        finally { $out.Dispose() }
    }
    finally { $in.Dispose() }
    [void] $hash.TransformFinalBlock($buffer, 0, 0)
    $text = [BitConverter]::ToString($hash.Hash).Replace('-', '').ToLowerInvariant()
    $hash.Dispose()
    return @{ Size = $size; Hash = $text }
}

function Save-Patiently([string] $Path, [string] $Place, [long] $Most) {
    foreach ($pause in 2, 5, 0) {
        try { return Save-File $Path $Place $Most }
        catch {
            if ($script:Final) { throw }
            if ($pause -eq 0) { Stop-Pull "读不到 / can't be read: $($script:From)/$Path $($_.Exception.Message)" }
            Start-Sleep -Seconds $pause
        }
    }
}

function Test-File([string] $Place, $Entry) {
    if (-not [IO.File]::Exists($Place)) { return $false }
    if ((New-Object IO.FileInfo($Place)).Length -ne $Entry.Size) { return $false }
    $hash = [Security.Cryptography.SHA256]::Create()
    $in = [IO.File]::OpenRead($Place)
    try { $sum = $hash.ComputeHash($in) }
    finally { $in.Dispose(); $hash.Dispose() }
    return ([BitConverter]::ToString($sum).Replace('-', '').ToLowerInvariant() -eq $Entry.Hash)
}

# --- 目标文件夹 / the folder ---

function Remove-Folder([string] $Place) {
    if ([IO.Directory]::Exists($Place)) {
        try { [IO.Directory]::Delete($Place, $true) } catch { Write-Verbose "$_" }
    }
}

function Clear-Work {
    Remove-Folder $script:New
    Remove-Folder $script:Work
    foreach ($old in [IO.Directory]::GetDirectories($script:To, '.honour-old-*')) { Remove-Folder $old }
}

# 写好再换名，断电也只有旧的或新的 / written beside, then renamed: the old one or the new one, never half
function Set-Text([string] $Place, [string] $Text) {
    $beside = "$Place.honour-new"
    $bytes = [Text.Encoding]::ASCII.GetBytes($Text)
    $out = [IO.File]::Create($beside)
    try { $out.Write($bytes, 0, $bytes.Length); $out.Flush($true) }
    finally { $out.Dispose() }
    Move-Over $beside $Place
}

function Move-Over([string] $From, [string] $Place) {
    if ([IO.File]::Exists($Place)) { [IO.File]::Replace($From, $Place, [NullString]::Value) }
    else { [IO.File]::Move($From, $Place) }
}

function Move-Folder([string] $From, [string] $Place) {
    foreach ($pause in 100, 500, 2000, -1) {
        try { [IO.Directory]::Move($From, $Place); return }
        catch { if ($pause -lt 0) { throw } }
        Start-Sleep -Milliseconds $pause
    }
}

# --- 清单 / the manifest ---

$Line = '^\{"path": "([A-Za-z0-9._/-]{1,240})", "size": ([0-9]{1,15}), "sha256": "([0-9a-f]{64})"\},?$'
$Head = '^\{"id": "([0-9a-f]{32})", "date": "([0-9-]*)", "preview": (true|false), "complete": (true|false), "files": \[$'
$Device = '(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\.|/|$)'

function Read-Seal([string] $Place) {
    $lines = [IO.File]::ReadAllText($Place, [Text.Encoding]::UTF8).TrimEnd("`n").Split("`n")
    $damaged = "$($script:From)/manifest.json 读不懂，或只拷了一半 / is damaged or half copied"
    if ($lines.Length -lt 2 -or $lines[-1] -cne ']}') { Stop-Pull $damaged }
    $told = [regex]::Match($lines[0], $Head)
    if (-not $told.Success) { Stop-Pull $damaged }
    if ($told.Groups[3].Value -ceq 'true') { Stop-Pull "$($script:From) 是预览 / is a preview" }
    if ($told.Groups[4].Value -cne 'true') { Stop-Pull "$($script:From) 还没有生成完 / is not finished" }
    $entries = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' ([StringComparer]::OrdinalIgnoreCase)
    [void] $seen.Add('manifest.json')
    for ($n = 1; $n -lt $lines.Length - 1; $n++) {
        $found = [regex]::Match($lines[$n], $Line)
        if (-not $found.Success) { Stop-Pull $damaged }
        $path = $found.Groups[1].Value
        if ($path -match '(^|/)\.{0,2}(/|$)' -or $path -match '\.(/|$)' -or $path -match $Device -or -not $seen.Add($path)) {
            Stop-Pull "$($script:From)/manifest.json 有不该有的路径 / names unsafe paths: $path"
        }
        [void] $entries.Add(@{ Path = $path; Size = [long] $found.Groups[2].Value; Hash = $found.Groups[3].Value })
    }
    if (-not ($seen.Contains('index.html') -and $seen.Contains('version.js'))) {
        Stop-Pull "$($script:From) 不是展示屏 / is no kiosk"
    }
    return @{ Id = $told.Groups[1].Value; Date = $told.Groups[2].Value; Files = $entries }
}

# --- 拉取 / the pull ---

function Invoke-Pull {
    Clear-Work
    [void] [IO.Directory]::CreateDirectory($script:Work)
    $manifest = Join-Path $script:Work 'manifest.json'
    [void] (Save-Patiently 'manifest.json' $manifest 67108864)
    $seal = Read-Seal $manifest
    $id = $seal.Id
    $version = Join-Path $script:Versions $id
    $here = [IO.Directory]::Exists($version)
    $folder = $script:New
    if ($here) { $folder = $version }
    [void] [IO.Directory]::CreateDirectory($folder)
    $others = @([IO.Directory]::GetDirectories($script:Versions) | Where-Object { $_ -ne $version })
    $fetched = 0
    $beside = Join-Path $script:Work 'file'
    foreach ($entry in $seal.Files) {
        $inside = $entry.Path.Replace('/', '\')
        $place = Join-Path $folder $inside
        if (Test-File $place $entry) { continue }
        [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($place))
        $taken = $false
        foreach ($old in $others) {
            $known = Join-Path $old $inside
            if (-not $taken -and (Test-File $known $entry)) {
                [IO.File]::Copy($known, $beside, $true)
                $copy = [IO.File]::Open($beside, 'Open', 'ReadWrite', 'None')
                try { $copy.Flush($true) }
                finally { $copy.Dispose() }
                $taken = Test-File $beside $entry
            }
        }
        if (-not $taken) {
            $got = Save-Patiently $entry.Path $beside $entry.Size
            if ($got.Size -ne $entry.Size -or $got.Hash -cne $entry.Hash) {
                Stop-Pull "与清单不一致 / differs from the manifest: $($entry.Path)"
            }
            $fetched++
        }
        Move-Over $beside $place
    }
    foreach ($entry in $seal.Files) {
        if (-not (Test-File (Join-Path $folder ($entry.Path.Replace('/', '\'))) $entry)) {
            Stop-Pull "写下的与清单不一致，检查磁盘 / what was written differs, check the disk: $($entry.Path)"
        }
    }
    Move-Over $manifest (Join-Path $folder 'manifest.json')
    if (-not $here) { Move-Folder $script:New $version }

    $pointer = Join-Path $script:To 'current.txt'
    $was = ''
    if ([IO.File]::Exists($pointer)) { $was = [IO.File]::ReadAllText($pointer).Trim() }
    if ($was -cne $id) {
        $starter = Join-Path $script:To 'start.bat'
        $fresh = Join-Path $version 'start.bat'
        # 正在运行的批处理不能换 / a batch file that may be running must not change
        if ([IO.File]::Exists($fresh) -and -not [IO.File]::Exists($starter)) { [IO.File]::Copy($fresh, $starter) }
        [IO.Directory]::SetLastWriteTimeUtc($version, [DateTime]::UtcNow)
        Set-Text $pointer "$id`r`n"
    }
    Remove-Versions $id $was
    $now = (Get-Date).ToString('yyyy-MM-ddTHH:mm:sszzz', [Globalization.CultureInfo]::InvariantCulture)
    Set-Text (Join-Path $script:To 'pulled.json') "{`"id`": `"$id`", `"date`": `"$($seal.Date)`", `"checked`": `"$now`"}`r`n"
    if ($was -cne $id) { "已换上 / now shows: $id $($seal.Date) ($($seal.Files.Count) 个文件 files, 新拉 fetched $fetched)" }
    elseif ($fetched -gt 0) { "已补好 / mended: $id $($seal.Date) ($fetched)" }
    else { "没有新版本，核对无误 / nothing new, all verified: $id $($seal.Date)" }
}

# 一个版本里有谁，不说的是空 / whom a version shows; $null if it doesn't say
function Get-People([string] $Version) {
    foreach ($file in [IO.Directory]::GetFiles($Version, 'letters-*.js')) {
        if ([IO.File]::ReadAllText($file) -cmatch 'slugs\\?":\[([^\]]*)\]') {
            return , @([regex]::Matches($Matches[1], '[a-z0-9-]+') | ForEach-Object { $_.Value })
        }
    }
    return $null
}

# 有新版本里没有的人：可能是撤下的 / somebody whom the new one doesn't show may have been withdrawn
function Test-More([string] $Old, [string] $New) {
    $people = Get-People $New
    if ($null -eq $people) { return $false }
    $before = Get-People $Old
    if ($null -eq $before) { return $true }
    return @($before | Where-Object { $people -cnotcontains $_ }).Count -gt 0
}

# 留下现在放的、刚才放的，再早的按时间 / keeps what is shown, what was, then by time
function Remove-Versions([string] $Id, [string] $Was) {
    $kept = 0
    $all = @([IO.Directory]::GetDirectories($script:Versions) | Where-Object { [IO.Path]::GetFileName($_) -cmatch '^[0-9a-f]{32}$' })
    $order = @($all | Sort-Object -Property @{ Expression = { [IO.Path]::GetFileName($_) -cne $Id } },
        @{ Expression = { [IO.Path]::GetFileName($_) -cne $Was } },
        @{ Expression = { [IO.Directory]::GetLastWriteTimeUtc($_) }; Descending = $true })
    foreach ($old in $order) {
        if ($kept -lt $script:Keep -and -not (Test-More $old $order[0])) {
            $kept++
        }
        else {
            $aside = Join-Path $script:To ".honour-old-$([IO.Path]::GetFileName($old))"
            # 浏览器开着的删不掉，下次再删 / what a browser has open is deleted the next time
            try { [IO.Directory]::Move($old, $aside); Remove-Folder $aside } catch { Write-Verbose "$_" }
        }
    }
}

if ($Source -eq '' -or $Dest -eq '' -or $Keep -lt 1) {
    [Console]::Error.WriteLine('用法 / usage: pull.ps1 URL|DIR DEST [-Keep N]')
    exit 2
}
$lock = $null
try {
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $Web = $Source -match '^https?://'
    $From = $Source
    if ($Web) { $From = ($Source -replace '[?#].*$', '') -replace '/(index\.html|manifest\.json)$', '' }
    else { $From = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Source) }
    $From = $From.TrimEnd('/', '\')
    $To = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Dest)
    $Versions = Join-Path $To 'versions'
    $New = Join-Path $To '.honour-new'
    $Work = Join-Path $To '.honour-work.tmp'
    [void] [IO.Directory]::CreateDirectory($Versions)
    try { $lock = [IO.File]::Open((Join-Path $To '.honour-lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
    catch [IO.IOException] { Stop-Pull "另一次拉取正在进行 / another pull is at work: $To" }
    Invoke-Pull
    $code = 0
}
catch {
    [Console]::Error.WriteLine("没有换 / not changed: $($_.Exception.Message)")
    $code = 1
}
finally {
    if ($null -ne $lock) {
        Clear-Work
        $lock.Dispose()
    }
}
exit $code
