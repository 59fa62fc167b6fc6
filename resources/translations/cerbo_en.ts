<!DOCTYPE TS>
<TS version="2.1" language="en_US" />
