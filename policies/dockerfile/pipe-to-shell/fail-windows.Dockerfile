# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
RUN powershell -Command iex ((New-Object Net.WebClient).DownloadString('https://example.org/install.ps1'))
