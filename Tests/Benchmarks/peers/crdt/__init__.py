"""The peers that are libraries, driven inside this process: Loro and Yrs."""
