@echo off
rem Starts pgkeep on Windows: in a distribution with the runtime beside it, in a source folder with a JDK 25 or later
rem from JAVA_HOME, after building it where that has not been done yet.
setlocal
set "here=%~dp0"
if exist "%here%..\runtime\bin\java.exe" (
    set "java=%here%..\runtime\bin\java.exe"
    set "jar=%here%..\lib\pgkeep.jar"
    goto run
)
if not exist "%JAVA_HOME%\bin\java.exe" (
    echo pgkeep: set JAVA_HOME to a JDK 25 or later; "winget install EclipseAdoptium.Temurin.25.JDK" installs one. 1>&2
    exit /b 1
)
set "java=%JAVA_HOME%\bin\java.exe"
set "jar=%here%target\pgkeep.jar"
if exist "%jar%" goto run
echo Building pgkeep (first use) ... 1>&2
call mvn -B -q -f "%here%pom.xml" -Dmaven.test.skip=true package 1>&2
if errorlevel 1 exit /b 1
:run
"%java%" "-Dpgkeep.launcher=%~f0" -XX:+UseSerialGC -Xmx384m -Xlog:disable %PGKEEP_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
