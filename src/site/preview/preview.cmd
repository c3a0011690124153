@rem Starts the preview of the site kit by a double-click. The window stays open, so that what it says can be read.
@cd /d "%~dp0"
@guide.exe preview
@pause
