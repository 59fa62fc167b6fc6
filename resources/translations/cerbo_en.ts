<!DOCTYPE TS>
<TS version="2.1" language="en_US">
  <context>
    <name>Patients</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n month(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n month</numerusform>
        <numerusform>%n months</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n year(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n year</numerusform>
        <numerusform>%n years</numerusform>
      </translation>
    </message>
  </context>
</TS>
