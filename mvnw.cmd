@echo off
rem Runs Maven on JDK 25, as mvnw does: the pinned version if it is unpacked under .m2\wrapper, or
rem else an installed mvn that is new enough, or else the pinned version from the Maven repository
rem that MVNW_REPOURL names. The versions are in .mvn\maven-version.properties.
setlocal EnableExtensions DisableDelayedExpansion
set "BASE=%~dp0"

call :find_jdk
if not defined JDK (
  echo mvnw: no JDK 25 found: install one, or set JAVA_HOME to it; looked at JAVA_HOME, %%ProgramFiles%%\*\jdk-25* and %%USERPROFILE%%\.jdks 1>&2
  exit /b 1
)
set "JAVA_HOME=%JDK%"

for /f "usebackq tokens=1,2 delims==" %%a in ("%BASE%.mvn\maven-version.properties") do (
  if "%%a"=="version" set "VERSION=%%b"
  if "%%a"=="sha256" set "SHA256=%%b"
  if "%%a"=="minimum" set "MINIMUM=%%b"
)
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "WRAPPER=%MAVEN_USER_HOME%\wrapper"
set "MAVEN=%WRAPPER%\apache-maven-%VERSION%"

set "MVN="
if exist "%MAVEN%\bin\mvn.cmd" set "MVN=%MAVEN%\bin\mvn.cmd"
if not defined MVN call :find_installed
if not defined MVN if not defined MVNW_REPOURL (
  echo mvnw: no Maven %MINIMUM% or newer found: install Maven, or set MVNW_REPOURL to a Maven repository to download Maven %VERSION% from 1>&2
  exit /b 1
)
if not defined MVN (
  call :download || exit /b 1
  set "MVN=%MAVEN%\bin\mvn.cmd"
)

rem Maven's own libraries make JDK 25 warn about calls that are theirs to change.
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
call "%MVN%" %*
exit /b %ERRORLEVEL%

:find_jdk
set "JDK="
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /d %%v in ("%ProgramFiles%\*") do for /d %%j in ("%%v\jdk-25*") do call :consider "%%j"
for /d %%j in ("%USERPROFILE%\.jdks\*") do call :consider "%%j"
exit /b 0

:consider
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /b /r /c:"JAVA_VERSION=.25[.-]" /c:"JAVA_VERSION=.25.$" "%~1\release" >nul 2>&1 && set "JDK=%~1"
exit /b 0

:find_installed
for /f "usebackq tokens=*" %%v in (`powershell -NoProfile -Command "$v = (mvn -v 2>$null | Select-String 'Apache Maven ([0-9.]+)').Matches; if ($v -and [version]$v[0].Groups[1].Value.TrimEnd('.') -ge [version]'%MINIMUM%') { 'yes' }"`) do if "%%v"=="yes" set "MVN=mvn"
exit /b 0

:download
if not exist "%WRAPPER%" mkdir "%WRAPPER%"
set "WORK=%WRAPPER%\download.%RANDOM%%RANDOM%"
mkdir "%WORK%"
echo mvnw: downloading Maven %VERSION% 1>&2
curl -fsSL -o "%WORK%\maven.zip" "%MVNW_REPOURL%/org/apache/maven/apache-maven/%VERSION%/apache-maven-%VERSION%-bin.zip"
if errorlevel 1 (
  echo mvnw: Maven %VERSION% could not be downloaded from MVNW_REPOURL 1>&2
  rmdir /s /q "%WORK%"
  exit /b 1
)
certutil -hashfile "%WORK%\maven.zip" SHA256 | findstr /i /x "%SHA256%" >nul
if errorlevel 1 (
  echo mvnw: what MVNW_REPOURL gave is not Maven %VERSION%: its SHA-256 is not the pinned one 1>&2
  rmdir /s /q "%WORK%"
  exit /b 1
)
pushd "%WORK%"
"%JAVA_HOME%\bin\jar" xf maven.zip
popd
if not exist "%MAVEN%" move "%WORK%\apache-maven-%VERSION%" "%MAVEN%" >nul
rmdir /s /q "%WORK%"
exit /b 0
